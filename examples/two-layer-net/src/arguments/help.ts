import { defaults } from '../task/defaults.ts'
import { usualOut } from '../settings.ts'
import { backendNames, dataNames, optimizerNames } from './options.ts'

const perData = dataNames.map((name) => {
  const { hidden, learningRate, reg, epochs, batch } = defaults[name]
  return `  ${name.padEnd(15)}${`${hidden}`.padStart(6)}${`${learningRate}`.padStart(15)}${`${reg}`.padStart(9)}${`${epochs}`.padStart(8)}${`${batch}`.padStart(7)}`
})

/** What `--help` prints. */
export const help = `Trains a two-layer net, checks its gradient and writes a report.

  npm start -- [options]

  --data NAME           what to learn: ${dataNames.slice(0, 4).join(', ')},
                        ${dataNames.slice(4).join(', ')}; spirals unless given
  --dir PATH            the folder of the data (of csv: the file, or a folder
                        with one); see below for where they are looked for
  --hidden NUMBER       hidden units
  --spec FILE           a net in JSON, as toSpec writes it, in the place of the
                        two-layer net: from [N, D] to [N, C], without the loss
  --optimizer NAME      ${optimizerNames.join(', ')}; momentum unless given
  --learning-rate NUMBER
                        at the beginning; it falls to a tenth by the end
  --reg NUMBER          the strength of the L2 penalty on weights
  --epochs NUMBER       how often every training example is used
  --batch NUMBER        how many examples a step takes
  --seed NUMBER         all that is random is a function of it; 0 unless given
  --backend NAME        who computes: ${backendNames.join(', ')};
                        auto, the fastest that there is, unless given
  --out PATH            the folder for report.html and report.json;
                        ${usualOut} unless given
  -h, --help            this text

Unless given:
  ${'data'.padEnd(15)}${'hidden'.padStart(6)}${'learning-rate'.padStart(15)}${'reg'.padStart(9)}${'epochs'.padStart(8)}${'batch'.padStart(7)}
${perData.join('\n')}

Spirals and moons are drawn. Other data are looked for in data/NAME, then in
../shared/data/NAME, a CSV file in the root of the repository. They are files of
the original releases, gzipped or not:
  digits          Optical Recognition of Handwritten Digits (optdigits), of
                  the UCI Machine Learning Repository
  mnist           The MNIST Database of Handwritten Digits, LeCun et al.
  fashion-mnist   Fashion-MNIST, Zalando Research
  cifar10         CIFAR-10, binary version, University of Toronto

The columns of a CSV file are separated by commas. It has a line of their names
(or none, or that of scikit-learn's files: rows, features, class names), then
lines of numbers with the class in the last column: a number from 0, or, if any
is not, as -1, all are names. It may be gzipped.

Paths are relative to the root of the repository. Ctrl-C ends training within a
part of an epoch, and reports what was learnt.
`

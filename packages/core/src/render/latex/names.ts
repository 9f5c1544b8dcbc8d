import type { Leaf, Outline } from '../outline.ts'
import { leavesOf, parameterId } from '../outline.ts'
import type { Hyperparameter } from './hyperparameters.ts'
import { belonging, nodeCandidates, numberedOwners, type Named } from './symbols.ts'
import { symbolOf, upright } from './text.ts'

/** What each thing in the equations of a net is called if nobody chooses. */
export interface Names {
  readonly input: (id: string) => Named
  readonly output: (leaf: Leaf) => Named
  readonly gradient: (of: string, symbol: string) => Named
  readonly parameter: (owner: string, name: string) => Named
  readonly state: (owner: string, name: string) => Named
  readonly cached: (leaf: Leaf, path: string) => Named
  readonly hyperparameter: (leaf: Leaf, hyperparameter: Hyperparameter) => Named
  readonly temporary: (number: number) => Named
}

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`)

const usual: Readonly<Record<string, string>> = { input: 'X', labels: 'y', loss: 'L' }

const inPlace = (path: string): readonly string[] => (path === '' ? [] : [path])

/** The names of a net unfolded. */
export function namesOf({ items, net }: Outline): Names {
  const leaves = leavesOf(items)
  const numbered = numberedOwners(
    leaves.filter(({ layer }) => Object.keys(layer.parameters).length > 0).map(({ owner }) => owner),
  )
  const whole = net.rule.gives
  return {
    input: (id) => ({
      id,
      key: id,
      candidates: [...(usual[id] === undefined ? [] : [usual[id]]), symbolOf(id)],
    }),
    output: ({ id, path, role, owner, name }) =>
      role === 'node' && path === name && owner === '' && id !== path
        ? {
            id,
            key: path,
            candidates: [Array.isArray(whole) && whole.length === 0 ? 'L' : 'Y', ...nodeCandidates(path)],
          }
        : { id, key: path, candidates: role === 'loss' ? ['L', symbolOf('loss')] : nodeCandidates(path) },
    gradient: (of, symbol) => ({ id: `$gradient ${of}`, key: undefined, candidates: [`d${symbol}`] }),
    parameter: (owner, name) => ({
      id: parameterId(join(owner, name)),
      key: join(owner, name),
      candidates: belonging(name, owner, numbered.has(owner)),
    }),
    state: (owner, name) => ({
      id: `$state ${join(owner, name)}`,
      key: join(owner, name),
      candidates: belonging(name, owner, numbered.has(owner)),
    }),
    cached: ({ id, role, path, owner }, name) => ({
      id: `$cache ${id} ${name}`,
      key: join(path, name),
      candidates: [
        ...(role === 'node' && id === path ? [] : [symbolOf(name)]),
        ...belonging(name, role === 'node' && id !== path ? owner : path, false),
      ],
    }),
    hyperparameter: ({ path }, { name, value }) => ({
      id: `$hyperparameter ${name} ${value}`,
      key: name,
      candidates: [upright(name), ...inPlace(path).map((of) => `${upright(name)}_{${upright(of)}}`)],
    }),
    temporary: (number) => ({
      id: `$temporary ${number}`,
      key: undefined,
      candidates: ['s', 't', 'u', 'v', 'w', `s_{${number}}`],
    }),
  }
}

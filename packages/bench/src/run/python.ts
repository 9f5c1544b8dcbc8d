import { spawnSync } from 'node:child_process'

const candidates = ['/usr/bin/python3', 'python3']

const modules = ['numpy', 'torch']

const has = (python: string, module: string): boolean =>
  spawnSync(python, ['-c', `import importlib.util as u; exit(u.find_spec('${module}') is None)`]).status === 0

/** The Python that has most of what the peers need: the system's own first, then that on the path. */
export function findPython(): string {
  const counts = candidates.map((python) => modules.filter((module) => has(python, module)).length)
  return candidates[counts.indexOf(Math.max(...counts))] ?? 'python3'
}

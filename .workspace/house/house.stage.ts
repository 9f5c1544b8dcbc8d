import { describe, expect, it } from 'vitest'
import { crossedBorders } from './borders.ts'
import { localPlaces, longFiles, namelessFiles, strayFiles } from './places.ts'
import { trackedFiles } from './tracked.ts'

const files = trackedFiles()

const title = files === undefined ? 'the house, which needs git to tell what belongs to it,' : 'the house'

describe.skipIf(files === undefined)(title, () => {
  const all = files ?? []

  it('has a place for every file at the top', () => {
    expect(strayFiles(all)).toEqual([])
  })

  it('has no source of more than 400 lines', () => {
    expect(longFiles(all, 400)).toEqual([])
  })

  it('names every source after what it holds', () => {
    expect(namelessFiles(all)).toEqual([])
  })

  it('names no path of one machine and no host of a registry', () => {
    expect(localPlaces(all)).toEqual([])
  })

  it('keeps the borders between its packages', () => {
    expect(crossedBorders(all)).toEqual([])
  })
})

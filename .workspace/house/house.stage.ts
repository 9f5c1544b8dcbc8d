import { describe, expect, it } from 'vitest'
import { crossedBorders } from './borders.ts'
import { localPlaces, longFiles, namelessFiles, strayFiles } from './places.ts'
import { trackedFiles } from './tracked.ts'

const files = trackedFiles()

describe.skipIf(files === undefined)('the house, as git knows it,', () => {
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

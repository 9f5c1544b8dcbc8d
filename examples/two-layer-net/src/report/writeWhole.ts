import { open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { makeFolder } from './makeFolder.ts'

/** Makes what was done to the entries of a folder last; some systems cannot, and need not. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r')
    await handle.sync().finally(() => handle.close())
  } catch {
    // Windows opens no folders.
  }
}

/**
 * Writes a file so that whoever looks sees the old one or the new one, whole, whenever the program or machine stops:
 * written beside, brought to the disk, put in place.
 *
 * Rejects with the error of the system; nothing is left beside then.
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  const folder = dirname(path)
  await makeFolder(folder)
  const beside = join(folder, `.${process.pid}-${Date.now()}.part`)
  try {
    const handle = await open(beside, 'wx')
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(beside, path)
  } catch (thrown) {
    await rm(beside, { force: true })
    throw thrown
  }
  await syncFolder(folder)
}

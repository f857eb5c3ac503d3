/** The files of a drop, those inside dropped folders among them. */
export async function listDroppedFiles(transfer: DataTransfer): Promise<File[]> {
  // The browser empties the list as soon as the event is over, so everything is taken before the first wait.
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? [])
  if (entries.length === 0) return [...transfer.files]
  return (await Promise.all(entries.map(listFiles))).flat()
}

async function listFiles(entry: FileSystemEntry): Promise<File[]> {
  if (isFile(entry)) return [await new Promise<File>((done, fail) => entry.file(done, fail))]
  const inside = await readFolder(entry as FileSystemDirectoryEntry)
  // What systems hide in every folder (.DS_Store) is nothing that anybody means to send.
  const visible = inside.filter(({ name }) => !name.startsWith('.'))
  return (await Promise.all(visible.map(listFiles))).flat()
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile

/** A folder hands out its entries in portions of at most a hundred; an empty portion is the end. */
async function readFolder(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const found: FileSystemEntry[] = []
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((done, fail) => reader.readEntries(done, fail))
    if (portion.length === 0) return found
    found.push(...portion)
  }
}

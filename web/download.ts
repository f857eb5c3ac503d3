/** Hands a file to the browser under a name. */
export function download(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  // The browser has taken what it needs of the link once the click is through.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

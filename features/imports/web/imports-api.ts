/** Where the server answers, below `/api`. */
export const importPaths = (shop: number) => {
  const imports = `/shops/${shop}/imports`
  return {
    list: imports,
    limits: `${imports}/limits`,
    files: `${imports}/files`,
    preview: `${imports}/preview`,
    one: (id: number | string) => `${imports}/${id}`,
    live: (id: number | string) => `${imports}/${id}/live`,
    cancel: (id: number | string) => `${imports}/${id}/cancel`,
    resume: (id: number | string) => `${imports}/${id}/resume`,
    badRows: (id: number | string) => `${imports}/${id}/bad-rows.csv`,
  }
}

import type { ImportPreview, TableMapping } from '../contract.ts'

/** What every part of the mapping form is given. */
export type MappingProps = {
  preview: ImportPreview
  mapping: TableMapping
  onChange: (part: Partial<TableMapping>) => void
}

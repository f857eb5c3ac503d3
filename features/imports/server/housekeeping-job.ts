import type { Job } from '../../../platform/room.ts'
import { deleteOldUploads } from './uploads.ts'

/** Uploaded files hold customers' data and take room: they go a week after they came. */
export const importsHousekeeping: Job = {
  name: 'imports-housekeeping',
  cron: '40 3 * * *',
  run: async (deps) => {
    const gone = await deleteOldUploads(deps)
    if (gone > 0) deps.log.info({ files: gone }, 'old uploaded files were deleted')
  },
}

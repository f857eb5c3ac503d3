import { Pool } from 'pg'
import { expect, test } from 'vitest'

test('the shared engine of the test run answers', async () => {
  const pool = new Pool({ connectionString: process.env.TROPA_TEST_DATABASE_URL })
  expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  await pool.end()
})

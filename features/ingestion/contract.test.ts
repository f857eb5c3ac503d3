import { expect, test } from 'vitest'
import en from '../../web/locales/en/ingestion.json' with { type: 'json' }
import ru from '../../web/locales/ru/ingestion.json' with { type: 'json' }
import uk from '../../web/locales/uk/ingestion.json' with { type: 'json' }
import { eventMarks, REJECT_SENTENCES, rejectReasons } from './contract.ts'

test.each(Object.entries({ en, ru, uk }))(
  '%s explains every reason, with what to do, and every mark',
  (_, words) => {
    for (const reason of rejectReasons) {
      const { short, why, mend } = words.reason[reason]
      expect([short, why, mend].every((text) => text.length > 3)).toBe(true)
    }
    for (const mark of eventMarks) expect(words.mark[mark].why.length).toBeGreaterThan(10)
    expect(
      Object.keys(words.reason)
        .filter((key) => key !== 'label')
        .sort(),
    ).toEqual([...rejectReasons].sort())
    expect(Object.keys(words.mark).sort()).toEqual([...eventMarks].sort())
  },
)

test('senders read a whole sentence for every reason', () => {
  for (const reason of rejectReasons) expect(REJECT_SENTENCES[reason]).toMatch(/^[A-Z].*\.$/)
})

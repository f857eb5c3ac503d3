import { MIN_PASSWORD } from '../contract.ts'

/** The commonest passwords that are long enough to pass otherwise, on Latin and Cyrillic keyboards. */
const COMMON = new Set(
  `1234567890 0123456789 0987654321 1234567891 12345678910 123456789a a123456789 a1234567890 123456789q q123456789
   1234567890a 12345qwert 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc q1w2e3r4t5 q1w2e3r4t5y6 qazwsxedc123 zaq12wsxcde3
   qwertyuiop qwertyuiop1 qwertyuiop123 qwerty12345 qwerty123456 qwerty1234 12345qwerty 123456qwerty asdfghjkl1
   asdfghjkl123 zxcvbnm123 zxcvbnm1234 password12 password123 password1234 password12345 passw0rd123 p@ssword123
   p@ssw0rd123 password!1 mypassword mypassword1 iloveyou12 iloveyou123 iloveyou1234 welcome123 welcome1234 letmein123
   letmein1234 changeme123 changeme1234 administrator administrator1 admin12345 admin123456 adminadmin admin1234567
   superman123 football123 baseball123 princess123 sunshine123 trustno1trustno1 michael123 abcdefghij abcdef123456
   abc1234567 abc123456789 abcd123456 aa12345678 aa123456789 qweasdzxc123 qweasdzxc1 123qweasdzxc 123123123123
   1231231231 1122334455 11223344556 1020304050 9876543210 98765432100 7777777777 1029384756 147258369 1472583690
   3141592653 google12345 samsung123 pokemon123 dragon12345 monkey12345 master12345 computer123 internet123
   internetshop myshop1234 shop123456 tropatropa tropa12345 tropa123456 йцукенгшщз йцукенгшщзх йцукен12345
   йцукен123456 фывапролдж фывапролджэ пароль1234 пароль12345 пароль123456 парольпароль приветпривет привет1234
   привет12345 привет123456 любовь12345 наташа12345 україна123 україна1234 slavaukraine slavaukraini
   словоукраїні магазин123 магазин1234 интернетмагазин інтернетмагазин qwerty77777 marina12345 natasha12345`.split(
    /\s+/,
  ),
)

export type PasswordProblem = 'too_short' | 'is_email' | 'too_common'

/** Why a password is refused. Length is what counts; no rules about digits and signs, which make passwords worse. */
export function findPasswordProblem(password: string, email: string): PasswordProblem | undefined {
  const text = password.normalize('NFKC')
  if ([...text].length < MIN_PASSWORD) return 'too_short'
  const lower = text.toLowerCase()
  if (lower === email.toLowerCase() || lower === email.toLowerCase().split('@')[0]) return 'is_email'
  if (COMMON.has(lower) || new Set(lower).size === 1) return 'too_common'
  return undefined
}

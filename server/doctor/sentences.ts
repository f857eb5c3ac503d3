import { reachSentences } from './reach-sentences.ts'

/** What doctor says, in plain words, each trouble with its mend. `{name}` is filled from the finding's values. */
export type DoctorLanguage = 'en' | 'ru' | 'uk'

export const sentences: Record<string, Record<DoctorLanguage, string>> = {
  node: { en: 'Node {version}.', ru: 'Node {version}.', uk: 'Node {version}.' },
  nodeOld: {
    en: 'Node {version} is too old. Install 20.19 or newer from nodejs.org.',
    ru: 'Node {version} слишком старый. Установите 20.19 или новее с nodejs.org.',
    uk: 'Node {version} застарий. Встановіть 20.19 або новіший з nodejs.org.',
  },
  postgres: {
    en: 'PostgreSQL {version} answers.',
    ru: 'PostgreSQL {version} отвечает.',
    uk: 'PostgreSQL {version} відповідає.',
  },
  postgresOld: {
    en: 'PostgreSQL {version} is too old. Move to 15 or newer.',
    ru: 'PostgreSQL {version} слишком старый. Перейдите на 15 или новее.',
    uk: 'PostgreSQL {version} застарий. Перейдіть на 15 або новіший.',
  },
  postgresEmbedded: {
    en: 'The embedded PostgreSQL survives a crash of the program, not a power cut. Make backups, or set DATABASE_URL to a server.',
    ru: 'Встроенный PostgreSQL переживёт сбой программы, но не отключение питания. Делайте резервные копии или укажите сервер в DATABASE_URL.',
    uk: 'Вбудований PostgreSQL переживе збій програми, але не вимкнення живлення. Робіть резервні копії або вкажіть сервер у DATABASE_URL.',
  },
  postgresNoFsync: {
    en: 'PostgreSQL runs with fsync = off: a power cut can lose data. Set fsync = on in postgresql.conf.',
    ru: 'PostgreSQL работает с fsync = off: при отключении питания данные могут пропасть. Включите fsync = on в postgresql.conf.',
    uk: 'PostgreSQL працює з fsync = off: через вимкнення живлення дані можуть зникнути. Увімкніть fsync = on у postgresql.conf.',
  },
  clickhouse: {
    en: 'ClickHouse {version} answers.',
    ru: 'ClickHouse {version} отвечает.',
    uk: 'ClickHouse {version} відповідає.',
  },
  clickhouseUntested: {
    en: 'ClickHouse {version} answers, but this release was tested with {tested}. Prefer that one.',
    ru: 'ClickHouse {version} отвечает, но этот выпуск проверен с {tested}. Лучше взять его.',
    uk: 'ClickHouse {version} відповідає, але цей випуск перевірено з {tested}. Краще взяти його.',
  },
  eventsDurable: {
    en: 'Every acknowledged event is flushed to disk.',
    ru: 'Каждое подтверждённое событие записано на диск.',
    uk: 'Кожну підтверджену подію записано на диск.',
  },
  eventsNotDurable: {
    en: 'The events table does not flush to disk on insert. Run: ALTER TABLE events MODIFY SETTING fsync_after_insert = 1, fsync_part_directory = 1.',
    ru: 'Таблица событий не сбрасывает записи на диск. Выполните: ALTER TABLE events MODIFY SETTING fsync_after_insert = 1, fsync_part_directory = 1.',
    uk: 'Таблиця подій не скидає записи на диск. Виконайте: ALTER TABLE events MODIFY SETTING fsync_after_insert = 1, fsync_part_directory = 1.',
  },
  disk: {
    en: '{free} GB of disk are free.',
    ru: 'На диске свободно {free} ГБ.',
    uk: 'На диску вільно {free} ГБ.',
  },
  diskLow: {
    en: 'Only {free} GB of disk are free. Make room, or move the data folder.',
    ru: 'На диске осталось {free} ГБ. Освободите место или перенесите папку данных.',
    uk: 'На диску лишилося {free} ГБ. Звільніть місце або перенесіть папку даних.',
  },
  memory: {
    en: '{total} GB of memory, {free} GB free.',
    ru: 'Памяти {total} ГБ, свободно {free} ГБ.',
    uk: "Пам'яті {total} ГБ, вільно {free} ГБ.",
  },
  memoryLow: {
    en: 'Only {total} GB of memory. Tropa with its own engines needs about 2 GB.',
    ru: 'Памяти всего {total} ГБ. Тропе со встроенными базами нужно около 2 ГБ.',
    uk: "Пам'яті лише {total} ГБ. Тропі з вбудованими базами потрібно близько 2 ГБ.",
  },
  clocks: { en: 'The clocks agree.', ru: 'Часы сходятся.', uk: 'Годинники збігаються.' },
  clocksApart: {
    en: 'The clocks of this machine and of the databases differ by {seconds} s. Switch on time synchronisation (NTP) on all of them.',
    ru: 'Часы этой машины и баз расходятся на {seconds} с. Включите на всех синхронизацию времени (NTP).',
    uk: 'Годинники цієї машини й баз розходяться на {seconds} с. Увімкніть на всіх синхронізацію часу (NTP).',
  },
  lag: {
    en: 'People and orders are up to date with the events.',
    ru: 'Люди и заказы не отстают от событий.',
    uk: 'Люди й замовлення не відстають від подій.',
  },
  lagHigh: {
    en: 'People and orders are {seconds} s behind the events. Is a worker running? Look for warnings in the log.',
    ru: 'Люди и заказы отстают от событий на {seconds} с. Запущен ли worker? Посмотрите предупреждения в журнале.',
    uk: 'Люди й замовлення відстають від подій на {seconds} с. Чи запущено worker? Перегляньте попередження в журналі.',
  },
  failures: {
    en: '{n} events could not be applied and were set aside (table feed_failures). Send the log to the developers.',
    ru: 'Событий, которые не удалось применить: {n}. Они отложены в таблицу feed_failures. Отправьте журнал разработчикам.',
    uk: 'Подій, які не вдалося застосувати: {n}. Їх відкладено в таблицю feed_failures. Надішліть журнал розробникам.',
  },
  parts: {
    en: 'The history is well merged (at most {parts} parts a month).',
    ru: 'История хорошо упакована (не больше {parts} частей на месяц).',
    uk: 'Історію добре впаковано (не більше {parts} частин на місяць).',
  },
  partsMany: {
    en: 'The history has {parts} parts in one month: merging does not keep up. Send events in batches, or give the machine more cores.',
    ru: 'В истории {parts} частей за один месяц: упаковка не успевает. Отправляйте события пачками или добавьте ядер.',
    uk: 'В історії {parts} частин за один місяць: впакування не встигає. Надсилайте події пачками або додайте ядер.',
  },
  paused: {
    en: 'This system was restored from a backup (epoch {epoch}) and sends nothing. Check it, then resume by the button above every page.',
    ru: 'Система восстановлена из копии (эпоха {epoch}) и ничего не отправляет. Проверьте её и снимите паузу кнопкой вверху страницы.',
    uk: 'Систему відновлено з копії (епоха {epoch}), вона нічого не надсилає. Перевірте її та зніміть паузу кнопкою вгорі сторінки.',
  },
  backup: {
    en: 'The last backup is {days} days old.',
    ru: 'Последней копии дней: {days}.',
    uk: 'Останній копії днів: {days}.',
  },
  backupOld: {
    en: 'The last backup is {days} days old. Make one: npx tropa backup tropa.backup',
    ru: 'Последней копии уже дней: {days}. Сделайте новую: npx tropa backup tropa.backup',
    uk: 'Останній копії вже днів: {days}. Зробіть нову: npx tropa backup tropa.backup',
  },
  backupNever: {
    en: 'No backup has ever been made. Make one: npx tropa backup tropa.backup',
    ru: 'Резервных копий ещё не было. Сделайте: npx tropa backup tropa.backup',
    uk: 'Резервних копій ще не було. Зробіть: npx tropa backup tropa.backup',
  },
  reachable: { en: '{url} is reachable.', ru: 'Адрес {url} доступен.', uk: 'Адреса {url} доступна.' },
  reachableLocal: {
    en: '{url} answers, but only this machine can see it. Set PUBLIC_URL to the address that your shop site can reach.',
    ru: 'Адрес {url} отвечает, но виден только с этой машины. Укажите в PUBLIC_URL адрес, доступный сайту магазина.',
    uk: 'Адреса {url} відповідає, але її видно лише з цієї машини. Вкажіть у PUBLIC_URL адресу, доступну сайту крамниці.',
  },
  reachablePlain: {
    en: '{url} answers without TLS: browsers will not send events from an https page to it. Put Caddy or nginx with a certificate in front.',
    ru: 'Адрес {url} отвечает без TLS: с https-страницы браузер не отправит на него события. Поставьте впереди Caddy или nginx с сертификатом.',
    uk: 'Адреса {url} відповідає без TLS: з https-сторінки браузер не надішле на неї події. Поставте попереду Caddy або nginx із сертифікатом.',
  },
  reachableNot: {
    en: '{url} can not be reached ({why}). Is Tropa running, and does PUBLIC_URL point to it?',
    ru: 'Адрес {url} недоступен ({why}). Запущена ли Тропа и верен ли PUBLIC_URL?',
    uk: 'Адреса {url} недоступна ({why}). Чи запущено Тропу й чи правильний PUBLIC_URL?',
  },
  ...reachSentences,
  broken: {
    en: 'The check "{check}" could not be made: {why}',
    ru: 'Проверку «{check}» выполнить не удалось: {why}',
    uk: 'Перевірку «{check}» виконати не вдалося: {why}',
  },
}

/** The finding as one or two sentences. */
export function tell(key: string, values: Record<string, string | number>, language: DoctorLanguage): string {
  const sentence = sentences[key]?.[language] ?? key
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

/** From LC_ALL, LC_MESSAGES or LANG. */
export function languageOf(env: NodeJS.ProcessEnv): DoctorLanguage {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || 'en'
  if (locale.startsWith('ru')) return 'ru'
  return locale.startsWith('uk') ? 'uk' : 'en'
}

/** Whether an address means only the machine on which it is opened. */
export function isOwnMachine(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { hostname } = new URL(url)
  return (
    hostname === 'localhost' || hostname.endsWith('.localhost') || /^(127\.|0\.|\[::1?\]$)/.test(hostname)
  )
}

/** Where events go: the configured address; while that is this machine only, the one that the page came by. */
export function findServerAddress(publicUrl: string, pageOrigin: string): string {
  return isOwnMachine(publicUrl) ? pageOrigin : publicUrl
}

/** A host name as people type it: `https://Tropa.Shop.ua/` → `tropa.shop.ua`. undefined when it is none. */
export function readHost(text: string): string | undefined {
  const trimmed = text.trim().toLowerCase()
  const address = /^https?:\/\//.test(trimmed) ? trimmed : `https://${trimmed}`
  const host = URL.canParse(address) ? new URL(address).hostname : ''
  return /^(?=.{4,253}$)([a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}$/.test(host) ? host : undefined
}

/** A name for this server: the one it has, else one below the shop's own, which blockers of advertising leave alone. */
export function suggestHost(publicUrl: string, domains: readonly string[]): string {
  if (!isOwnMachine(publicUrl) && URL.canParse(publicUrl)) return new URL(publicUrl).hostname
  return `tropa.${domains.find((domain) => domain !== 'localhost') ?? 'example.com'}`
}

/** Mail services for everybody: an address there says nothing about the shop. */
const MAIL_FOR_ALL = new Set(
  `gmail.com googlemail.com ukr.net i.ua meta.ua bigmir.net mail.ru inbox.ru list.ru bk.ru internet.ru yandex.ru
  yandex.ua yandex.kz yandex.by yandex.com ya.ru rambler.ru tut.by mail.kz outlook.com hotmail.com live.com msn.com
  yahoo.com icloud.com me.com mac.com proton.me protonmail.com pm.me gmx.net gmx.com gmx.de aol.com mail.com zoho.com
  wp.pl o2.pl interia.pl seznam.cz`.split(/\s+/),
)

/** `olena@tea.example` → `tea.example`: who has a mailbox of their own has mostly the shop beside it. */
export function guessDomain(email: string): string | undefined {
  const domain = email.split('@')[1]?.toLowerCase()
  return domain === undefined || MAIL_FOR_ALL.has(domain) ? undefined : readHost(domain)
}

import { describe, expect, it } from 'vitest'
import { findServerAddress, guessDomain, isOwnMachine, readHost, suggestHost } from './server-address.ts'

it.each([
  ['http://localhost:3000', true],
  ['http://127.0.0.1:3000', true],
  ['http://[::1]:3000', true],
  ['http://tropa.localhost', true],
  ['http://192.168.0.5:3000', false],
  ['https://tropa.tea.example', false],
  ['no address', false],
])('%s is one’s own machine: %s', (url, expected) => {
  expect(isOwnMachine(url)).toBe(expected)
})

it('sends events to the configured address, or to where the page came from while there is none', () => {
  expect(findServerAddress('https://tropa.tea.example', 'http://10.0.0.2:3000')).toBe(
    'https://tropa.tea.example',
  )
  expect(findServerAddress('http://localhost:3000', 'http://10.0.0.2:3000')).toBe('http://10.0.0.2:3000')
})

describe('a host name', () => {
  it.each([
    ['tropa.tea.example', 'tropa.tea.example'],
    [' https://Tropa.Tea.example/map?x=1 ', 'tropa.tea.example'],
    ['чай.укр', 'xn--80as4b.xn--j1amh'],
    ['localhost', undefined],
    ['tropa.tea.example; rm -rf /', undefined],
    ['a b.com', undefined],
    ['', undefined],
  ])('typed as "%s" is %s', (text, host) => {
    expect(readHost(text)).toBe(host)
  })
})

it.each([
  ['http://localhost:3000', ['tea.example', 'honey.example'], 'tropa.tea.example'],
  ['http://localhost:3000', ['localhost'], 'tropa.example.com'],
  ['http://localhost:3000', [], 'tropa.example.com'],
  ['https://t.tea.example', ['tea.example'], 't.tea.example'],
])('for %s and %s the name %s is suggested', (publicUrl, domains, host) => {
  expect(suggestHost(publicUrl, domains)).toBe(host)
})

it.each([
  ['olena@tea.example', 'tea.example'],
  ['olena@gmail.com', undefined],
  ['olena@ukr.net', undefined],
  ['olena@mail.ru', undefined],
  ['nonsense', undefined],
])('%s has its shop at %s', (email, domain) => {
  expect(guessDomain(email)).toBe(domain)
})

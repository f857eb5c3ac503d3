import { expect, it } from 'vitest'
import { proxies, writeProxyConfig, writeStartCommand } from './proxy-configs.ts'

it.each(proxies)(
  'the configuration of %s names the host and the port, and every bracket is closed',
  (proxy) => {
    const config = writeProxyConfig(proxy, 'tropa.tea.example', '3100')
    expect(config).toContain('tropa.tea.example')
    expect(config).toContain('127.0.0.1:3100')
    expect(config.split('{').length).toBe(config.split('}').length)
  },
)

it('nginx ends every directive, and takes the visitor’s address from the connection and not from the visitor', () => {
  const lines = writeProxyConfig('nginx', 'tropa.tea.example', '3000').split('\n')
  const unended = lines.map((line) => line.trim()).filter((line) => line !== '' && !/[;{}]$/.test(line))
  expect(unended).toEqual([])
  expect(lines.map((line) => line.trim())).toContain('proxy_set_header X-Forwarded-For $remote_addr;')
})

it('Tropa is told its address, and to listen to the proxy alone', () => {
  expect(writeStartCommand('tropa.tea.example')).toBe(
    'PUBLIC_URL=https://tropa.tea.example TROPA_TRUST_PROXY=1 TROPA_HOST=127.0.0.1 npm start',
  )
})

import { describe, expect, test } from 'vitest'
import { detectEncoding, type Encoding } from './encoding.ts'

const russian = 'Заказ;Покупатель;Телефон\n1;Ольга Петрова;+7 916 123-45-67\n2;Съёмка «Ёлка» № 5;нет\n'
const ukrainian = 'Замовлення;Покупець;Місто\n1;Їжак Ґеник;Київ\n2;Євген Шевченко;Ужгород\n'
const portuguese = 'pedido,cidade\n1,São Paulo\n2,Brasília\n3,Curitiba\n4,Goiânia não\n'

/** A second, independent way to write Windows-1251: by the decoder's own table. */
function encode(text: string, encoding: Encoding): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text, 'utf8')
  if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le')
  if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16()
  const decoder = new TextDecoder(encoding)
  const table = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]))
  return Buffer.from(Array.from(text, (char) => table.get(char) ?? 63))
}

describe('the encoding of a file', () => {
  test.each<[text: string, encoding: Encoding]>([
    [russian, 'utf-8'],
    [russian, 'utf-16le'],
    [russian, 'utf-16be'],
    [russian, 'windows-1251'],
    [ukrainian, 'utf-8'],
    [ukrainian, 'utf-16le'],
    [ukrainian, 'windows-1251'],
    [portuguese, 'utf-8'],
    [portuguese, 'utf-16be'],
    [portuguese, 'windows-1252'],
    ['order_id,value\n1,2\n', 'utf-8'],
    ['order_id,value\n1,2\n', 'utf-16le'],
  ])('is found without a mark: %j in %s', (text, encoding) => {
    expect(detectEncoding(encode(text, encoding))).toEqual({ encoding, bom: 0 })
  })

  test.each<[mark: string, encoding: Encoding, bom: number]>([
    ['efbbbf', 'utf-8', 3],
    ['fffe', 'utf-16le', 2],
    ['feff', 'utf-16be', 2],
  ])('is told by the mark %s', (mark, encoding, bom) => {
    const file = Buffer.concat([Buffer.from(mark, 'hex'), encode('a,b\n', encoding)])
    expect(detectEncoding(file)).toEqual({ encoding, bom })
  })

  test('is that of most lines where a file mixes two', () => {
    const mixed = Buffer.concat([
      encode(russian, 'utf-8'),
      encode('3;Ошибка\n', 'windows-1251'),
      encode(russian, 'utf-8'),
    ])
    expect(detectEncoding(mixed).encoding).toBe('utf-8')
    const other = Buffer.concat([encode(russian, 'windows-1251'), encode('3;Ошибка\n', 'utf-8')])
    expect(detectEncoding(other).encoding).toBe('windows-1251')
  })

  test('is not mistaken when the sample ends inside a character', () => {
    for (const end of [1, 2, 3, 5, 8]) {
      expect(detectEncoding(encode('Ольга 😀'.repeat(3), 'utf-8').subarray(0, end)).encoding).toBe('utf-8')
    }
  })

  test('of nothing is UTF-8', () => {
    expect(detectEncoding(Buffer.alloc(0))).toEqual({ encoding: 'utf-8', bom: 0 })
  })
})

import { expect, it } from 'vitest'
import { isJsonMedia } from './json-media.ts'

it.each([
  'application/json',
  'Application/JSON',
  'application/json; charset=utf-8',
  'application/json;charset="UTF-8"',
  'application/json; profile=x',
])('takes %s for JSON', (contentType) => {
  expect(isJsonMedia(contentType)).toBe(true)
})

it.each([
  undefined,
  '',
  'text/plain',
  'application/jsonp',
  'application/json; charset=latin1',
  'application/json; charset=utf-8; charset=utf-16',
  'application/json; CHARSET = "iso-8859-1"',
  'application/json; charset=',
])('does not take %s for JSON in UTF-8', (contentType) => {
  expect(isJsonMedia(contentType)).toBe(false)
})

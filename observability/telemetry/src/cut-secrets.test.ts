import { describe, expect, it } from 'vitest'
import { secretFields } from './cut-secrets.ts'
import { createLogger } from './logger.ts'

function listening() {
  const lines: string[] = []
  const logger = createLogger({ service: 'kitchen', destination: { write: (line: string) => void lines.push(line) } })
  return { logger, text: () => lines.join('') }
}

describe('a secret', () => {
  it.each(secretFields)('called %s reaches no line', (name) => {
    const { logger, text } = listening()
    const error = Object.assign(new Error('it broke'), { [name]: 'hush-3' })
    logger.info({ [name]: 'hush-1', order: { [name]: 'hush-2', id: 'o-1' }, err: error }, 'odd')
    logger
      .child({ [name]: 'hush-4', caller: { [name]: 'hush-5' } })
      .child({ caller: { [name]: 'hush-6' } })
      .info('odd')
    expect(text()).not.toContain('hush')
    expect(text()).toContain('"id":"o-1"')
    expect(text()).toMatch(/"err":\{"name":"Error","message":"it broke","stack":"Error: it broke/)
  })

  it('stays with whoever logged it', () => {
    const { logger } = listening()
    const entry = { token: 'hush', headers: { authorization: 'hush' } }
    logger.info(entry, 'odd')
    expect(entry).toEqual({ token: 'hush', headers: { authorization: 'hush' } })
  })
})

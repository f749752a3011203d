import { describe, expect, it } from '@jest/globals'
import { svProblems } from '../../../src/admin/text/svProblems.ts'
import * as resend from '../../../src/adapters/mailer/resend/problems.ts'
import * as smtp from '../../../src/adapters/mailer/smtp/problems.ts'
import type { Problem } from '../../../src/newsletter/model.ts'
import * as flow from '../../../src/newsletter/rules/problems.ts'

const codesOf = (known: Record<string, unknown>): string[] =>
  Object.values(known).map((value) => {
    if (typeof value === 'string') return value
    if (typeof value === 'function') return (value as (fact: object) => Problem)({}).code
    return (value as Problem).code
  })

describe('in Swedish', () => {
  it.each([...new Set([flow, resend, smtp].flatMap(codesOf))])(
    'there is a text for the problem %s',
    (code) => {
      expect(svProblems[code]).toEqual(expect.stringMatching(/\w\.$/))
    },
  )
})

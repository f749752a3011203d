import type { LexicalRichTextAdapter, lexicalEditor } from '@payloadcms/richtext-lexical'
import { ValidationError, type PayloadRequest, type RichTextAdapter } from 'payload'
import { cleanWritten } from '../../../rich-text/written/cleanWritten.ts'
import { describeProblem, localeOf, nameProblem } from '../../../rich-text/written/describeProblem.ts'
import { countPending, findProblems } from '../../../rich-text/written/findProblems.ts'
import { writeFileFacts } from '../../../rich-text/written/withFileFacts.ts'
import { fileRowsOf } from '../../../deps.ts'
import { withCode } from '../../../refusals/refusal.ts'
import { describeBlockFault } from './describeBlockFault.ts'

type Provider = ReturnType<typeof lexicalEditor>
type Hooks = NonNullable<RichTextAdapter['hooks']>
type BeforeValidate = NonNullable<Hooks['beforeValidate']>[number]
type AfterRead = NonNullable<Hooks['afterRead']>[number]

/** More sentences than these nobody reads at once. */
const MOST_NAMED = 5

/**
 * An editor whose text is clean however it comes in and goes out: over the admin, REST, GraphQL and the Local API, also
 * as it was stored before (rich-text/written). An unsafe link is refused on each save, also of a draft; one that leads
 * nowhere when the text is published. Each refusal names the link and where it stands. A picture that was never uploaded is
 * left out of a published text: the answer says how many in the header X-Images-Left-Out.
 */
export const withWrittenText =
  (provider: Provider): Provider =>
  async (input) => {
    const adapter = await provider(input)
    return {
      ...adapter,
      hooks: {
        ...adapter.hooks,
        beforeValidate: [cleanOnSave, ...(adapter.hooks?.beforeValidate ?? [])],
        afterRead: [cleanOnRead, ...(adapter.hooks?.afterRead ?? [])],
      },
      validate: validateWith(adapter),
    }
  }

const cleanOnSave: BeforeValidate = async ({ collection, data, global, originalDoc, path, req, value }) => {
  if (!value) return value
  const unsafe = findProblems(value).filter(({ kind }) => kind === 'unsafe')
  if (unsafe.length > 0) {
    const locale = localeOf(req.i18n.language)
    const refused = new ValidationError(
      {
        collection: collection?.slug,
        global: global?.slug,
        errors: unsafe.slice(0, MOST_NAMED).map((problem) => ({
          label: nameProblem(problem, locale),
          message: describeProblem(problem, locale),
          path: path.join('.'),
        })),
        req,
      },
      req.t,
    )
    throw withCode(refused, 'link_unsafe')
  }
  const isToBePublished = isPublished(data) || (statusOf(data) === undefined && isPublished(originalDoc))
  if (isToBePublished) tellLeftOut({ count: countPending(value), req })
  return writeFileFacts(cleanWritten(value, { isPublished: isToBePublished }), fileRowsOf(req.payload))
}

/** The admin says it in words (admin/pasting); a program reads it of the answer. */
function tellLeftOut({ count, req }: { count: number; req: PayloadRequest }): void {
  if (count === 0) return
  req.responseHeaders ??= new Headers()
  req.responseHeaders.set('X-Images-Left-Out', String(count))
}

const cleanOnRead: AfterRead = ({ originalDoc, value }) =>
  value ? cleanWritten(value, { isPublished: isPublished(originalDoc) }) : value

const isPublished = (doc: unknown): boolean => statusOf(doc) === 'published'

const statusOf = (doc: unknown): unknown =>
  typeof doc === 'object' && doc !== null && '_status' in doc ? doc._status : undefined

const validateWith =
  (adapter: LexicalRichTextAdapter): LexicalRichTextAdapter['validate'] =>
  async (value, options) => {
    const locale = localeOf(options.req.i18n.language)
    const problems = findProblems(value).slice(0, MOST_NAMED)
    if (problems.length > 0) return problems.map((problem) => describeProblem(problem, locale)).join(' ')
    return (await describeBlockFault({ adapter, value, options, locale })) ?? adapter.validate(value, options)
  }

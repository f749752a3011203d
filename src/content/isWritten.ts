/** What a draft has without anybody having written it. */
const GIVEN = [
  'id',
  '_status',
  'visibility',
  'createdAt',
  'updatedAt',
  'deletedAt',
  'owner',
  'generateSlug',
  'isBlank',
  'send',
]

/** Whether somebody wrote or chose something of a document: a text, a picture, a topic, a date. */
export function isWritten(data: Record<string, unknown>): boolean {
  return Object.entries(data).some(([name, value]) => !GIVEN.includes(name) && hasSubstance(value))
}

function hasSubstance(value: unknown): boolean {
  if (value === null || value === undefined || value === false) return false
  if (typeof value === 'string') return value.trim() !== ''
  if (Array.isArray(value)) return value.length > 0
  if (typeof value !== 'object') return true
  return 'root' in value ? hasText(value.root) : isWritten({ ...value })
}

/** Whether a text of the editor says or shows anything. */
export const isTextWritten = (content: unknown): boolean =>
  typeof content === 'object' && content !== null && 'root' in content && hasText(content.root)

/** The editor stores an empty text as one empty paragraph; anything but paragraphs and line breaks is something. */
function hasText(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false
  const { type, text, children } = { type: '', text: '', children: [], ...node }
  if (typeof text === 'string' && text.trim() !== '') return true
  if (!EMPTY_NODES.includes(type)) return true
  return Array.isArray(children) && children.some(hasText)
}

const EMPTY_NODES = ['root', 'paragraph', 'linebreak', 'text', 'tab']

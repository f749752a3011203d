import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { depsOf } from '../../../../deps.ts'
import { notFoundAnswer } from '../../_answers/notFound.tsx'
import { orFailure } from '../../_answers/orFailure.tsx'
import { preferredLocale } from '../../_answers/routeLocale.ts'
import { sitePayload } from '../../_data/payload.ts'

/**
 * The least that this server can do: repeat an answer that it has in memory. `npm run bench` measures everything else
 * against it; for everybody else there is no such page.
 */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ name: string }> },
): Promise<Response> {
  const { name } = await params
  const answer = answers.get(name) ?? (await readAnswer(name))
  if (answer) return new Response(answer.body, { headers: { 'Content-Type': answer.type } })
  const locale = preferredLocale(request)
  return orFailure(locale, () => notFoundAnswer(request, locale))
}

interface Answer {
  type: string
  body: string
}

const answers = new Map<string, Answer>()

async function readAnswer(name: string): Promise<Answer | null> {
  const { benchDir } = depsOf(await sitePayload()).env
  if (!benchDir || !/^[a-z-]+$/.test(name)) return null
  const answer = JSON.parse(readFileSync(join(benchDir, `${name}.json`), 'utf8')) as Answer
  answers.set(name, answer)
  return answer
}

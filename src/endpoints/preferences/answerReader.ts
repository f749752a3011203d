import type { PayloadRequest } from 'payload'
import {
  dataAnswer,
  isFromPage,
  problemAnswer,
  readerToken,
  seePage,
  type Problem,
} from '../reader/answers.ts'
import { isProblem } from './asReader.ts'

/** The answer to a script as JSON, and to the page's own form the page again, with what became of it in its address. */
export function answerReader(
  req: PayloadRequest,
  {
    done,
    answer,
    path = '/preferences',
  }: { done: string; answer: object | Problem; path?: '/preferences' | '/confirm-address' },
): Response {
  if (isFromPage(req)) {
    const token = readerToken(req)
    if (!isProblem(answer)) return seePage(path, { token, done })
    return seePage(path, { token, problem: answer.fields?.[0]?.field ?? answer.code })
  }
  return isProblem(answer) ? problemAnswer(req, answer) : dataAnswer(answer)
}

import type { ImportText } from './importText.ts'
import type { Run } from './useImport.ts'

/** How far a run has come, and what came of it. */
export function RunProgress({ run, text }: { run: Run; text: ImportText }) {
  const { isDryRun, state, line, lines, counts, ignored, unknownTags } = run
  const shown = (value: number) => value.toLocaleString(text.language)
  return (
    <section className="import__run" aria-busy={state === 'running'}>
      <p role="status" className="import__state">
        <Sentence run={run} text={text} />
      </p>
      {state === 'running' && (
        <p className="import__progress">
          <progress
            max={Math.max(lines, 1)}
            value={line}
            aria-label={isDryRun ? text.checking : text.importing}
          />
          <span>{text.progress(shown(line), shown(lines))}</span>
        </p>
      )}
      <dl className="import__counts">
        {Object.entries(text.kinds).map(([kind, label]) => (
          <div key={kind}>
            <dt>{label}</dt>
            <dd>{shown(counts[kind as keyof typeof counts])}</dd>
          </div>
        ))}
      </dl>
      {ignored.length > 0 && <p className="import__help">{text.ignored(ignored.join(', '))}</p>}
      {unknownTags.length > 0 && <p className="import__help">{text.unknownTags(unknownTags.join(', '))}</p>}
    </section>
  )
}

function Sentence({ run, text }: { run: Run; text: ImportText }) {
  const { isDryRun, state, counts, refusal } = run
  if (state === 'running') return isDryRun ? text.checking : `${text.importing} ${text.keepOpen}`
  if (state === 'done') {
    if (!isDryRun) return text.done
    return counts.imported === 0 ? `${text.dryDone} ${text.nothingToImport}` : text.dryDone
  }
  if (run.questions.length > 0) return text.hasQuestions
  if (refusal === null) return isDryRun ? text.unreachable : text.cutOff
  return (
    <>
      {text.refused} {refusal}
    </>
  )
}

import Sequencer from '@jest/test-sequencer'

/** Their tests wait for servers and browsers, and leave a processor to others meanwhile. */
const WAITING = ['server', 'e2e', 'crash']

/** The tests that wait are spread evenly among those that work, so that at no time all wait or all work. */
export default class MixedSequencer extends Sequencer {
  sort(tests) {
    const sorted = [...super.sort(tests)]
    const isWaiting = (test) => WAITING.includes(test.context.config.displayName.name)
    return [sorted.filter(isWaiting), sorted.filter((test) => !isWaiting(test))]
      .flatMap((group) => group.map((test, index) => ({ test, place: (index + 0.5) / group.length })))
      .sort((a, b) => a.place - b.place)
      .map(({ test }) => test)
  }
}

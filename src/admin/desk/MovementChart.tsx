import { scaleBand, scaleLinear } from 'd3-scale'
import { stack, stackOffsetDiverging } from 'd3-shape'
import type { DayMovement } from '../../desk/model.ts'

const WIDTH = 720
const HEIGHT = 140

const KEYS = ['joined', 'left'] as const

/** A bar for each day: who joined above the line, who left below it. The table beside it says the same in numbers. */
export function MovementChart({
  days,
  label,
  words,
}: {
  days: DayMovement[]
  label: string
  words: Record<(typeof KEYS)[number], string>
}) {
  const series = stack<DayMovement, (typeof KEYS)[number]>()
    .keys(KEYS)
    .value((day, key) => (key === 'left' ? -day.left : day.joined))
    .offset(stackOffsetDiverging)(days)
  const most = Math.max(1, ...days.map(({ joined }) => joined))
  const least = Math.min(0, ...days.map(({ left }) => -left))
  const x = scaleBand()
    .domain(days.map(({ date }) => date))
    .range([0, WIDTH])
    .padding(0.25)
  const y = scaleLinear()
    .domain([least, most])
    .nice(3)
    .range([HEIGHT - 2, 4])
  const [first, last] = [days[0], days.at(-1)]
  return (
    <figure className="desk-chart">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
        {series.map((bars) => (
          <g key={bars.key} className={`desk-chart__${bars.key}`}>
            {bars.map(([from, to], index) => {
              const date = days[index]?.date ?? ''
              return (
                from !== to && (
                  <rect
                    key={date}
                    x={x(date)}
                    y={y(to)}
                    width={x.bandwidth()}
                    height={Math.max(0, y(from) - y(to))}
                  >
                    <title>{`${date}: ${Math.abs(to - from)} ${words[bars.key]}`}</title>
                  </rect>
                )
              )
            })}
          </g>
        ))}
        <line className="desk-chart__axis" x1={0} x2={WIDTH} y1={y(0)} y2={y(0)} />
      </svg>
      <p className="desk-chart__ends" aria-hidden="true">
        <span>{first?.date}</span>
        <span>{last?.date}</span>
      </p>
      <figcaption>
        {KEYS.map((key) => (
          <span key={key} className={`desk-chart__key desk-chart__key--${key}`}>
            {words[key]}
          </span>
        ))}
      </figcaption>
    </figure>
  )
}

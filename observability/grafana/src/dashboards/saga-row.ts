import { RowBuilder, type DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard'
import { linesOf, tracesOf } from '../panels/explore-links.ts'
import { graph } from '../panels/graph.ts'
import { now, perSecond, quantile } from '../promql/expressions.ts'
import { metric } from '../promql/metric.ts'

const saga = { chosen: 'saga' } as const

/** Adds where sagas stand, how old they are, how they end, and their steps. */
export function addSagas(dashboard: DashboardBuilder): void {
  const steps = metric('saga_step_duration_seconds', { saga })
  dashboard
    .withRow(new RowBuilder('Sagas'))
    .withPanel(
      graph({
        title: 'Sagas by where they stand',
        explains: 'Those that run, undo what they did, or wait for people.',
        unit: 'count',
        lines: [
          {
            expr: now('max', metric('saga_instances', { saga, status: { anyOf: ['running', 'compensating', 'needs_attention'] } }), [
              'service',
              'saga',
              'status',
            ]),
            legend: '{{saga}} {{status}}',
          },
        ],
        stacked: 'stacked',
        links: [linesOf()],
      }),
    )
    .withPanel(
      graph({
        title: 'Oldest saga that has not ended',
        explains: 'Its age. Past five minutes it is stuck: npm run ashlar -- saga list',
        unit: 'seconds',
        lines: [{ expr: now('max', metric('saga_oldest_running_age_seconds', { saga }), ['service', 'saga']), legend: '{{saga}}' }],
        worryAbove: 300,
        links: [linesOf()],
      }),
    )
    .withPanel(
      graph({
        title: 'Endings',
        explains: 'Sagas that completed, were undone, or stopped for people.',
        unit: 'per second',
        lines: [{ expr: perSecond(metric('saga_ended_total', { saga }), ['service', 'saga', 'outcome']), legend: '{{saga}} {{outcome}}' }],
        links: [linesOf()],
      }),
    )
    .withPanel(
      graph({
        title: 'Slowest step in twenty',
        explains: 'Time from sending a step to its answer. A dot opens the trace of a saga.',
        unit: 'seconds',
        lines: [{ expr: quantile(0.95, steps, ['service', 'saga', 'step']), legend: '{{saga}}/{{step}}' }],
        exemplars: 'shown',
        width: 12,
        links: [tracesOf('any'), linesOf()],
      }),
    )
    .withPanel(
      graph({
        title: 'Steps, by outcome',
        explains: 'Steps that were done, refused or left unanswered; a step’s undo is a step of its own.',
        unit: 'per second',
        lines: [{ expr: perSecond(steps, ['service', 'saga', 'step', 'outcome']), legend: '{{saga}}/{{step}} {{outcome}}' }],
        width: 12,
        links: [tracesOf('any'), linesOf()],
      }),
    )
}

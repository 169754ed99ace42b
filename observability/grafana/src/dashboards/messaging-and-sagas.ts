import { RowBuilder, type DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard'
import { linesOf, tracesOf } from '../panels/explore-links.ts'
import { graph } from '../panels/graph.ts'
import { logLines } from '../panels/log-lines.ts'
import { inRange, now, perSecond, quantile } from '../promql/expressions.ts'
import { metric } from '../promql/metric.ts'
import type { ShopSeen } from '../shop-seen.ts'
import { board } from './board.ts'
import { addSagas } from './saga-row.ts'
import { choiceOf, seenIn } from './variables.ts'

const service = { chosen: 'service' } as const
const message = { chosen: 'message' } as const

/** Events and commands on their way, and every saga: what waits, what comes again, what was given up. */
export function messagingAndSagasBoard({ services }: ShopSeen): DashboardBuilder {
  const names = services.map(({ name }) => name)
  const messages = services.flatMap((each) => each.messages)
  const dashboard = board('messaging-and-sagas', 'Messaging and sagas', 'What is on its way, what waits, what was given up.')
    .withVariable(choiceOf('service', 'Service', names))
    .withVariable(choiceOf('message', 'Message', messages))
    .withVariable(seenIn('saga', 'saga', metric('saga_instances')))
  addSagas(dashboard)
  addOutbox(dashboard)
  addMessages(dashboard)
  return dashboard.withRow(new RowBuilder('Log')).withPanel(
    logLines({
      title: 'Messages that did not go well',
      whenQuiet: 'All went well.',
      explains: 'Deliveries that come again, or were given up, in the words of who heard them.',
      expr: '{service_name=~"$service"} | outcome=~"again|dead_letter"',
    }),
  )
}

function addOutbox(dashboard: DashboardBuilder): void {
  dashboard
    .withRow(new RowBuilder('Outbox'))
    .withPanel(
      graph({
        title: 'Unpublished',
        explains: 'Messages written with a change, which the broker has not taken yet.',
        unit: 'count',
        lines: [{ expr: now('max', metric('outbox_unpublished_messages', { service }), ['service']), legend: '{{service}}' }],
        links: [linesOf()],
      }),
    )
    .withPanel(
      graph({
        title: 'Oldest unpublished',
        explains: 'Age of the oldest message that is due. Past half a minute others do not hear what this service decided.',
        unit: 'seconds',
        lines: [{ expr: now('max', metric('outbox_oldest_unpublished_age_seconds', { service }), ['service']), legend: '{{service}}' }],
        worryAbove: 30,
        links: [linesOf()],
      }),
    )
    .withPanel(
      graph({
        title: 'From decided to told, the slowest in twenty',
        explains: 'Time from a message being due to the broker having taken it. A dot opens the trace it belongs to.',
        unit: 'seconds',
        lines: [{ expr: quantile(0.95, metric('outbox_relay_lag_seconds', { service }), ['service']), legend: '{{service}}' }],
        exemplars: 'shown',
        links: [tracesOf('any'), linesOf()],
      }),
    )
}

function addMessages(dashboard: DashboardBuilder): void {
  const processed = metric('messaging_process_duration_seconds', { service, messaging_destination_name: message })
  dashboard
    .withRow(new RowBuilder('Messages'))
    .withPanel(
      graph({
        title: 'Sent',
        explains: 'Events and commands the broker has taken.',
        unit: 'per second',
        lines: [
          {
            expr: perSecond(metric('messaging_client_sent_messages_total', { service, messaging_destination_name: message }), [
              'service',
              'messaging_destination_name',
            ]),
            legend: '{{messaging_destination_name}}',
          },
        ],
        links: [linesOf()],
      }),
    )
    .withPanel(
      graph({
        title: 'Processed',
        explains: 'Deliveries by who heard them and how it ended: done, once more, or given up.',
        unit: 'per second',
        lines: [{ expr: perSecond(processed, ['service', 'consumer', 'outcome']), legend: '{{service}} {{consumer}} {{outcome}}' }],
        links: [tracesOf('any'), linesOf()],
      }),
    )
    .withPanel(
      graph({
        title: 'Slowest delivery in twenty',
        explains: 'Time one delivery took to process. A dot opens its trace.',
        unit: 'seconds',
        lines: [{ expr: quantile(0.95, processed, ['service', 'consumer']), legend: '{{service}} {{consumer}}' }],
        exemplars: 'shown',
        links: [tracesOf('any'), linesOf()],
      }),
    )
    .withPanel(
      graph({
        title: 'Delivered once more',
        whenQuiet: 'Nothing was delivered twice.',
        explains: 'Deliveries of messages that had been delivered before.',
        unit: 'per second',
        lines: [
          {
            expr: perSecond(metric('messaging_redeliveries_total', { service }), ['service', 'consumer']),
            legend: '{{service}} {{consumer}}',
          },
        ],
        width: 12,
        links: [linesOf(' | outcome="again"')],
      }),
    )
    .withPanel(
      graph({
        title: 'Given up',
        whenQuiet: 'Nothing was given up.',
        explains: 'Messages set aside for people in the time shown: npm run ashlar -- dlq list',
        unit: 'count',
        lines: [
          {
            expr: inRange(metric('dead_letters_total', { service }), ['service', 'consumer', 'error_class']),
            legend: '{{service}} {{consumer}} {{error_class}}',
          },
        ],
        width: 12,
        worryAbove: 1,
        links: [linesOf(' | outcome="dead_letter"')],
      }),
    )
}

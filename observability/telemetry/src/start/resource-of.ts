import type { ServiceIdentity } from '../started.ts'
import type { Settings } from './settings.ts'

/** Says whose telemetry it is, in OpenTelemetry's names. */
export function resourceOf(
  { resource }: Pick<Settings, 'resource'>,
  { name, version, instanceId }: ServiceIdentity,
): Record<string, string> {
  return {
    'telemetry.sdk.name': 'ashlar',
    'telemetry.sdk.language': 'nodejs',
    ...resource,
    'service.name': name,
    ...(version === undefined ? {} : { 'service.version': version }),
    ...(instanceId === undefined ? {} : { 'service.instance.id': instanceId }),
  }
}

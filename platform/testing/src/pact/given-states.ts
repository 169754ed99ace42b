import type { PactV4 } from '@pact-foundation/pact'
import type { ProviderState } from './story.ts'

type Parameters = Exclude<globalThis.Parameters<ReturnType<PactV4['addInteraction']>['given']>[1], undefined>
interface Unfinished<Self> {
  given(state: string, parameters?: Parameters): Self
}

/** Says in an interaction what must be so at the provider. */
export function givenStates<Interaction extends Unfinished<Interaction>>(
  interaction: Interaction,
  states: readonly ProviderState[] = [],
): Interaction {
  for (const { name, parameters } of states) {
    if (parameters === undefined) interaction.given(name)
    else interaction.given(name, JSON.parse(JSON.stringify(parameters)) as Parameters)
  }
  return interaction
}

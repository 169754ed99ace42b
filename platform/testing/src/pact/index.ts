export { openPact, type OpenPact } from './open-pact.ts'
export type { Replayed, Verification } from './read-verification.ts'
export { caller, type CallStory, type EventStory, type Provided, type ProviderState, type StepStory } from './story.ts'
export { verifyProvider, type MakeState, type ProviderUnderTest } from './verify-provider.ts'

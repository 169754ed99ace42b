/** A story did not do what a pact can be made of. */
export class StoryUnfitError extends Error {
  override readonly name = 'StoryUnfitError'
}

export type Direction = 'do' | 'undo'

/** Which deed of which saga a key stands for. */
export interface StepKeyParts {
  readonly sagaId: string
  readonly slug: string
  readonly direction: Direction
  readonly generation: number
}

/** Writes a step's name as a part of its key: `reserve stock` becomes `reserve-stock`. */
export function slugOf(stepName: string): string {
  return stepName
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
}

/**
 * Writes the key under which a participant does, or takes back, one step of one saga: at most once per key. Sending
 * again because no answer came keeps the key; only trying a refused step again on purpose makes a new generation.
 */
export function stepKeyOf({ sagaId, slug, direction, generation }: StepKeyParts): string {
  return `${sagaId}/${slug}/${direction}/${generation}`
}

/** Reads a step key; `undefined` when it is not one of ours. */
export function readStepKey(stepKey: string): StepKeyParts | undefined {
  const [, sagaId, slug, direction, generation] = /^([^/]+)\/([^/]+)\/(do|undo)\/([1-9]\d{0,8})$/.exec(stepKey) ?? []
  if (sagaId === undefined || slug === undefined || (direction !== 'do' && direction !== 'undo')) return undefined
  return { sagaId, slug, direction, generation: Number(generation) }
}

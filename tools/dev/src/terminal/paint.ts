import { styleText } from 'node:util'

export type Colour = 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan' | 'gray' | 'bold'

/** Colours a text, or leaves it as it is. */
export type Paint = (colour: Colour, text: string) => string

/** Colours for a terminal that shows them; none where the output is a file or NO_COLOR is set. */
export function choosePaint(stream: { readonly isTTY?: boolean }, environment: NodeJS.ProcessEnv): Paint {
  const wanted = stream.isTTY === true && environment['NO_COLOR'] === undefined
  return wanted ? (colour, text) => styleText(colour, text, { validateStream: false }) : (_colour, text) => text
}

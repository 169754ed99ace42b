/**
 * Picks one of the candidates by the power of two choices: two different ones at random, then the one with fewer calls
 * in flight. Close to choosing the least loaded of all, without herding every caller onto it. `undefined` when there is
 * no candidate. `random` gives numbers from 0 up to, not including, 1.
 */
export function pickInstance<Candidate extends { readonly id: string }>(
  candidates: readonly Candidate[],
  inFlight: (id: string) => number,
  random: () => number = Math.random,
): Candidate | undefined {
  const count = candidates.length
  if (count < 2) return candidates[0]
  const first = Math.floor(random() * count)
  // drawn from the others only, so that two candidates are always compared
  const second = (first + 1 + Math.floor(random() * (count - 1))) % count
  const one = candidates[first]
  const other = candidates[second]
  if (one === undefined || other === undefined) return one ?? other
  return inFlight(other.id) < inFlight(one.id) ? other : one
}

/**
 * Keeps this process from going to sleep until what it gives is called. A side that sleeps has to be woken by whoever writes to it,
 * and that one would pay for it the more often the slower it is.
 */
export function stayAwake(): () => void {
  let isOver = false
  const turn = (): void => {
    if (!isOver) setImmediate(turn)
  }
  turn()
  return () => {
    isOver = true
  }
}

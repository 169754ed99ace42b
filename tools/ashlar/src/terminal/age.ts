const steps = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const

/** Says how long ago something was, in one unit: `4 min`. */
export function ageOf(time: string | Date, now: number = Date.now()): string {
  const seconds = Math.max(0, Math.floor((now - new Date(time).getTime()) / 1_000))
  const [unit, size] = steps.find(([, length]) => seconds >= length) ?? ['s', 1]
  return `${Math.floor(seconds / size)} ${unit}`
}

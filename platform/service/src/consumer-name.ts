/** Names a consumer within its service after what it consumes for, as words a broker accepts: `reserveStock` becomes `reserve-stock`. */
export function consumerName(purpose: string): string {
  return purpose.replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase()
}

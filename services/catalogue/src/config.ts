import { z } from '@ashlar/contract'
import { platformConfig } from '@ashlar/service'

/** The environment of the catalogue. */
export const CatalogueConfig = z.object(platformConfig('catalogue'))

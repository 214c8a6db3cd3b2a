/** A field's key in the texts: both optimisers have the same fields, so that they share "optimizer.learningRate". */
export const fieldKey = (path: string): string => path.replace(/^(generator|discriminator)Optimizer\./, 'optimizer.')

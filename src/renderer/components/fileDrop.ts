import type { Attachment } from 'svelte/attachments'

interface FileDrop {
  readonly ondrop: (files: readonly File[]) => void
  /** True while files are held over the element. */
  readonly onover?: (isOver: boolean) => void
}

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true

/** Lets files be dropped on an element; what it takes is marked as handled, so that nothing around it does too. */
export const fileDrop =
  ({ ondrop, onover }: FileDrop): Attachment<HTMLElement> =>
  (element) => {
    const over = (event: DragEvent) => {
      if (hasFiles(event)) {
        event.preventDefault()
        onover?.(true)
      }
    }
    const leave = () => onover?.(false)
    const drop = (event: DragEvent) => {
      onover?.(false)
      if (hasFiles(event) && !event.defaultPrevented) {
        event.preventDefault()
        ondrop([...(event.dataTransfer?.files ?? [])])
      }
    }
    element.addEventListener('dragover', over)
    element.addEventListener('dragleave', leave)
    element.addEventListener('drop', drop)
    return () => {
      element.removeEventListener('dragover', over)
      element.removeEventListener('dragleave', leave)
      element.removeEventListener('drop', drop)
    }
  }

import type { DataTab } from '../../state/dataImport.svelte'

export const dataText = {
  title: 'Data',
  sources: 'Where the pictures come from',
  tabs: {
    flowers: 'Flowers',
    folder: 'Folder',
    zip: 'Zip',
    cifar: 'CIFAR-10',
    idx: 'Fashion-MNIST / idx'
  } satisfies Record<DataTab, string>,
  notes: {
    flowers: 'Built-in flowers, drawn by the studio itself: nothing to download, each seed its own meadow.',
    folder: 'A folder of pictures: jpeg, png, webp, gif, tiff or bmp. Sub-folders are classes.',
    zip: 'A zip with pictures. Folders in it are classes.',
    cifar: 'CIFAR-10 or CIFAR-100 in their binary version: the .tar.gz as downloaded, a .bin file, or their folder.',
    idx: 'MNIST, Fashion-MNIST and their like: the folder with the idx files, packed (.gz) or not.'
  } satisfies Record<DataTab, string>,
  choose: 'Choose…',
  /** Whether the dialog asks for a folder or for a file. */
  chooses: { folder: 'folder', zip: 'file', cifar: 'file', idx: 'folder' } as const,
  path: 'Path',
  pathHint: {
    folder: 'path of a folder',
    zip: 'path of a zip file',
    cifar: 'path of a .tar.gz, a .bin file or a folder',
    idx: 'path of a folder with idx files'
  },
  open: 'Open',
  drop: 'or drop it anywhere on this page',
  dropHere: 'Drop a folder, a zip or a data set',
  noPath: 'A browser does not tell where a dropped file lies. Type its path instead.',
  importing: (done: string, total: string): string => `Reading pictures: ${done} of ${total}`,
  left: (span: string): string => `${span} left`,
  refusedSoFar: (count: string): string => `${count} refused`,
  cancel: 'Cancel',
  preview: 'What the network will see',
  previewOf: (name: string): string => `Grid of pictures of ${name} after crop and size`,
  nothing: 'Choose pictures: what the network will see of them is shown here.',
  options: 'How they are used',
  size: 'Size',
  sizes: (side: number): string => `${side} × ${side}`,
  crop: 'Crop',
  crops: { centre: 'Cut at the centre', pad: 'Padded with black', stretch: 'Stretched' },
  colour: 'Colour',
  colours: { '3': 'Colour', '1': 'Grey' },
  flip: 'Show each picture mirrored half of the time',
  classes: 'Classes',
  classesNote: 'None chosen means all.',
  facts: 'What it holds',
  count: 'Pictures',
  means: 'Channel means',
  meansNote: 'from −1, black, to 1',
  channels: { 1: ['grey'], 3: ['red', 'green', 'blue'] } as const,
  smallest: 'Smallest original',
  largest: 'Largest original',
  pixels: (width: string, height: string): string => `${width} × ${height}`,
  otherFiles: 'Files that are no pictures',
  refused: (count: string): string => `Refused files (${count})`,
  refusedMore: (count: string): string => `and ${count} more`,
  train: 'Train on these'
}

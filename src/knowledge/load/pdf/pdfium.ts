import { PDFiumModule } from "@hyzyla/pdfium";

// PDFium, Chrome's reader of PDFs, compiled to WASM: text with boxes, pictures of pages, CMaps of Korean fonts, all from
// one engine. Handles are numbers; 0 is "there is none". Points count from the lower left corner of the sheet.

type Handle = number;
type Pointer = number;

/** The functions of PDFium that are used, called without the wrapper's checks: there are several calls a character. */
export type PdfiumCalls = {
  malloc(size: number): Pointer;
  free(pointer: Pointer): void;
  FPDF_LoadMemDocument(data: Pointer, size: number, password: Pointer): Handle;
  FPDF_GetLastError(): number;
  FPDF_CloseDocument(document: Handle): void;
  FPDF_GetPageCount(document: Handle): number;
  FPDF_GetMetaText(document: Handle, tag: Pointer, buffer: Pointer, size: number): number;
  FPDF_LoadPage(document: Handle, index: number): Handle;
  FPDF_ClosePage(page: Handle): void;
  FPDF_GetPageWidthF(page: Handle): number;
  FPDF_GetPageHeightF(page: Handle): number;
  FPDF_PageToDevice(
    page: Handle,
    startX: number,
    startY: number,
    sizeX: number,
    sizeY: number,
    rotate: number,
    x: number,
    y: number,
    outX: Pointer,
    outY: Pointer,
  ): number;
  FPDF_RenderPageBitmap(
    bitmap: Handle,
    page: Handle,
    startX: number,
    startY: number,
    sizeX: number,
    sizeY: number,
    rotate: number,
    flags: number,
  ): void;
  FPDFBitmap_CreateEx(width: number, height: number, format: number, buffer: Pointer, stride: number): Handle;
  FPDFBitmap_FillRect(bitmap: Handle, left: number, top: number, width: number, height: number, color: number): void;
  FPDFBitmap_GetBuffer(bitmap: Handle): Pointer;
  FPDFBitmap_GetStride(bitmap: Handle): number;
  FPDFBitmap_Destroy(bitmap: Handle): void;
  FPDFText_LoadPage(page: Handle): Handle;
  FPDFText_ClosePage(text: Handle): void;
  FPDFText_CountChars(text: Handle): number;
  FPDFText_GetUnicode(text: Handle, index: number): number;
  FPDFText_GetLooseCharBox(text: Handle, index: number, rect: Pointer): number;
  FPDFText_GetTextObject(text: Handle, index: number): Handle;
  FPDFText_HasUnicodeMapError(text: Handle, index: number): number;
  FPDFText_IsGenerated(text: Handle, index: number): number;
  FPDFText_GetMatrix(text: Handle, index: number, matrix: Pointer): number;
  FPDFTextObj_GetFont(object: Handle): Handle;
  FPDFTextObj_GetFontSize(object: Handle, size: Pointer): number;
  FPDFTextObj_GetTextRenderMode(object: Handle): number;
  FPDFFont_GetBaseFontName(font: Handle, buffer: Pointer, size: number): number;
  FPDFFont_GetFlags(font: Handle): number;
  FPDFFont_GetWeight(font: Handle): number;
  FPDFPage_CountObjects(page: Handle): number;
  FPDFPage_GetObject(page: Handle, index: number): Handle;
  FPDFFormObj_CountObjects(form: Handle): number;
  FPDFFormObj_GetObject(form: Handle, index: number): Handle;
  FPDFPageObj_GetType(object: Handle): number;
  FPDFPageObj_GetBounds(object: Handle, left: Pointer, bottom: Pointer, right: Pointer, top: Pointer): number;
  FPDFPageObj_GetMatrix(object: Handle, matrix: Pointer): number;
  FPDFPageObj_GetFillColor(object: Handle, red: Pointer, green: Pointer, blue: Pointer, alpha: Pointer): number;
  FPDFPath_CountSegments(path: Handle): number;
  FPDFPath_GetPathSegment(path: Handle, index: number): Handle;
  FPDFPath_GetDrawMode(path: Handle, fillMode: Pointer, stroke: Pointer): number;
  FPDFPathSegment_GetPoint(segment: Handle, x: Pointer, y: Pointer): number;
  FPDFPathSegment_GetType(segment: Handle): number;
  FPDFPathSegment_GetClose(segment: Handle): number;
  FPDFBookmark_GetFirstChild(document: Handle, bookmark: Handle): Handle;
  FPDFBookmark_GetNextSibling(document: Handle, bookmark: Handle): Handle;
  FPDFBookmark_GetTitle(bookmark: Handle, buffer: Pointer, size: number): number;
  FPDFBookmark_GetDest(document: Handle, bookmark: Handle): Handle;
  FPDFBookmark_GetAction(bookmark: Handle): Handle;
  FPDFAction_GetDest(document: Handle, action: Handle): Handle;
  FPDFDest_GetDestPageIndex(document: Handle, dest: Handle): number;
};

export type Pdfium = {
  calls: PdfiumCalls;
  /** A few hundred bytes for results, free to use between two calls. */
  scratch: Pointer;
  /** Memory as it is now: it moves when it grows, so ask again after every call that may allocate. */
  bytes(): Uint8Array;
  view(): DataView;
  utf16(pointer: Pointer, byteLength: number): string;
};

export const scratchBytes = 4096;

export async function openPdfium(): Promise<Pdfium> {
  const module = await PDFiumModule({} as Parameters<typeof PDFiumModule>[0]);
  // The package types only malloc and free of what the WASM exports.
  const calls = module.wasmExports as unknown as PdfiumCalls & { FPDF_InitLibrary(): void; memory: WebAssembly.Memory };
  calls.FPDF_InitLibrary();
  let view = new DataView(calls.memory.buffer);
  const fresh = () => (view.buffer === calls.memory.buffer ? view : (view = new DataView(calls.memory.buffer)));
  return {
    calls,
    scratch: calls.malloc(scratchBytes),
    bytes: () => new Uint8Array(calls.memory.buffer),
    view: fresh,
    utf16(pointer, byteLength) {
      const units = new Uint16Array(calls.memory.buffer, pointer, byteLength >> 1);
      return String.fromCharCode(...units).replace(/\0+$/, "");
    },
  };
}

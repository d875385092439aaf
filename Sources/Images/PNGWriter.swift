private import CPNG

extension GreyImage {
  /// The image as the contents of a PNG file; `nil` if libpng has no memory for that.
  public var png: [UInt8]? {
    var image = unsafe png_image()
    unsafe image.version = png_uint_32(PNG_IMAGE_VERSION)
    unsafe (image.width, image.height) = (png_uint_32(width), png_uint_32(height))
    unsafe image.format = nettrain_png_grey
    defer { unsafe png_image_free(&image) }
    return unsafe pixels.withUnsafeBytes { pixels in
      // Without memory to write to, the size is found.
      var count: png_alloc_size_t = 0
      guard unsafe png_image_write_to_memory(&image, nil, &count, 0, pixels.baseAddress, 0, nil) != 0 else {
        return nil
      }
      var bytes = [UInt8](repeating: 0, count: Int(count))
      let isWritten = unsafe bytes.withUnsafeMutableBytes {
        unsafe png_image_write_to_memory(&image, $0.baseAddress, &count, 0, pixels.baseAddress, 0, nil)
      }
      return isWritten != 0 ? bytes : nil
    }
  }
}

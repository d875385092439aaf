import Foundation
import Safetensors
import Testing

/// The bytes of a file with a header of any text.
func file(_ header: String, data: [UInt8] = []) -> [UInt8] { file(Array(header.utf8), data: data) }

/// The bytes of a file with a header of any bytes.
func file(_ header: [UInt8], data: [UInt8] = []) -> [UInt8] {
  (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header + data
}

/// The header of one tensor of a single byte.
func header(ofTensor name: String) -> String { #"{\#(name):{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}"# }

/// The fault found in a file of these bytes; `nil` if it is read.
func fault(_ bytes: [UInt8]) -> SafetensorsError.Code? {
  do throws(SafetensorsError) {
    _ = try Safetensors(bytes: bytes)
    return nil
  } catch {
    return error.code
  }
}

/// The fault found in a file with a header of any text and one byte of data; `nil` if it is read.
func fault(_ header: String) -> SafetensorsError.Code? { fault(file(header, data: [7])) }

/// The path of a file made by the script in the folder `Reference`.
func sample(_ name: String) throws -> String {
  try #require(Bundle.module.url(forResource: name, withExtension: "safetensors", subdirectory: "Reference")).path
}

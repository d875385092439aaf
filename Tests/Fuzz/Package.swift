// swift-tools-version: 6.3
import PackageDescription

// Fuzzing of everything that reads what others wrote. Users never build it: 'scripts/fuzz' does.
//
// The libraries of nettrain are not products, so that they stay free to change. Here they are compiled once more, with
// sanitizers, from their sources: the folder 'Library' is a symbolic link to those of the program.

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")

/// A library of the program. In one that is watched, libFuzzer sees which code an input reaches: those that read what
/// others wrote. All of them are compiled with the checks of AddressSanitizer.
func library(
  _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil, links: [LinkerSetting] = [],
  isWatched: Bool = false
) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Library/\(name)", resources: resources,
    swiftSettings: isWatched ? [.unsafeFlags(["-sanitize=fuzzer"])] : [], linkerSettings: links)
}

/// A library of the system.
func system(_ name: String, _ pkgConfig: String? = nil) -> Target {
  .systemLibrary(name: name, path: "Library/\(name)", pkgConfig: pkgConfig)
}

let package = Package(
  name: "nettrain-fuzz",
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
  ],
  targets: [
    system("COpenBLAS", "openblas"), system("CZlib", "zlib"), system("CCrypto", "libcrypto"),
    system("CPNG", "libpng"), system("CLinux"),
    library("CKernels"), library("CMemory"),
    library("LinearAlgebra", ["COpenBLAS", "CKernels"], links: [.linkedLibrary("m")]),
    library("SparseInputs", ["LinearAlgebra", "CKernels"]),
    library("Memory", ["CMemory", systemPackage]),
    library("Files", ["CLinux", systemPackage], isWatched: true),
    library("Images", ["CPNG", "CZlib", "Memory"], isWatched: true),
    library(
      "Datasets", ["CZlib", "CCrypto", "LinearAlgebra", "SparseInputs", "Memory", "Files", systemPackage],
      isWatched: true),
    library("NeuralNetwork", ["LinearAlgebra", "SparseInputs"]),
    library("Safetensors", ["Memory", "Files"], isWatched: true),
    library(
      "Training", ["LinearAlgebra", "SparseInputs", "NeuralNetwork", "Datasets", "Safetensors", "Files"],
      isWatched: true),
    library("Verification", ["LinearAlgebra", "SparseInputs", "NeuralNetwork", "Datasets", "Training"]),
    library("Assessment", ["LinearAlgebra", "NeuralNetwork", "Datasets", "Training"]),
    library(
      "Experiments", ["LinearAlgebra", "SparseInputs", "NeuralNetwork", "Datasets", "Training", "Memory", "Files"],
      isWatched: true),
    library(
      "NettrainCommands",
      [
        "LinearAlgebra", "SparseInputs", "Memory", "Files", "Images", "Datasets", "NeuralNetwork", "Safetensors",
        "Training", "Verification", "Assessment", "Experiments", "CLinux", argumentParser, systemPackage, subprocess,
      ], resources: [.embedInCode("Page/Resources"), .embedInCode("ComparisonPage/Resources")], isWatched: true),

    .target(
      name: "Targets",
      dependencies: [
        "CZlib", "Files", "Images", "Datasets", "NeuralNetwork", "Assessment", "Safetensors", "SparseInputs",
        "Training",
        "Experiments", "NettrainCommands", argumentParser, systemPackage,
      ], path: "Targets"),
    .systemLibrary(name: "CFuzzer", path: "CFuzzer"),
    .executableTarget(
      name: "fuzzer", dependencies: ["Targets", "CFuzzer"], path: "Fuzzer",
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])]),
  ]
)

// swift-tools-version: 6.3
import PackageDescription

/// Settings of every Swift target. The test script sets NETTRAIN_STRICT, which makes warnings errors; users of newer
/// compilers, which may warn of more, still get a program.
let settings: [SwiftSetting] =
  [.strictMemorySafety()]
  + (Context.environment["NETTRAIN_STRICT"] == "1" ? [.treatAllWarnings(as: .error)] : [])

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")

/// A library of the program: a folder of `Sources`.
func library(
  _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil, links: [LinkerSetting] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, resources: resources, swiftSettings: settings, linkerSettings: links)
}

/// The tests of one library or of the program: a folder of `Tests`.
func tests(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [], resources: [Resource]? = nil
) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, exclude: exclude, resources: resources, swiftSettings: settings)
}

let package = Package(
  name: "nettrain",
  products: [
    .executable(name: "nettrain", targets: ["nettrain"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
  ],
  targets: [
    .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    .systemLibrary(name: "CLinux"),
    .target(name: "CKernels"),
    .target(name: "CMemory"),

    library("LinearAlgebra", ["COpenBLAS", "CKernels"], links: [.linkedLibrary("m")]),
    library("SparseInputs", ["LinearAlgebra", "CKernels"]),
    library("Memory", ["CMemory", systemPackage]),
    library("Files", ["CLinux", systemPackage]),
    library("Images", ["CPNG", "CZlib", "Memory"]),
    library("Datasets", ["CZlib", "CCrypto", "LinearAlgebra", "SparseInputs", "Memory", "Files", systemPackage]),
    library("NeuralNetwork", ["LinearAlgebra", "SparseInputs"]),
    library("Safetensors", ["Memory", "Files"]),
    library("Training", ["LinearAlgebra", "SparseInputs", "NeuralNetwork", "Datasets", "Safetensors", "Files"]),
    library("Verification", ["LinearAlgebra", "SparseInputs", "NeuralNetwork", "Datasets", "Training"]),
    library("Assessment", ["LinearAlgebra", "NeuralNetwork", "Datasets", "Training"]),
    library(
      "Experiments", ["LinearAlgebra", "SparseInputs", "NeuralNetwork", "Datasets", "Training", "Memory", "Files"]),
    library(
      "NettrainCommands",
      [
        "LinearAlgebra", "SparseInputs", "Memory", "Files", "Images", "Datasets", "NeuralNetwork", "Safetensors",
        "Training", "Verification", "Assessment", "Experiments", "CLinux", argumentParser, systemPackage, subprocess,
      ], resources: [.embedInCode("Page/Resources"), .embedInCode("ComparisonPage/Resources")]),
    .executableTarget(name: "nettrain", dependencies: ["NettrainCommands"]),

    .target(
      name: "TestSupport", dependencies: [subprocess, systemPackage], path: "Tests/TestSupport",
      swiftSettings: settings),
    tests("LinearAlgebraTests", ["LinearAlgebra"]),
    tests("SparseInputsTests", ["SparseInputs", "LinearAlgebra"]),
    tests("MemoryTests", ["Memory"]),
    tests("FilesTests", ["Files", "TestSupport", systemPackage]),
    tests(
      "ImagesTests", ["Images"],
      exclude: ["Samples/make_samples.py", "Reference/make_preparations.py", "Reference/preparation.py"],
      resources: [.copy("Samples"), .copy("Reference/preparations.json")]),
    tests("DatasetsTests", ["Datasets", "Files", "SparseInputs", "LinearAlgebra", "TestSupport"]),
    tests("NeuralNetworkTests", ["NeuralNetwork", "SparseInputs", "LinearAlgebra"]),
    tests(
      "SafetensorsTests", ["Safetensors", "Files", "TestSupport"],
      exclude: ["Reference/make_samples.py", "Reference/make_cases.py", "Reference/compare_verdicts.py"],
      resources: [.copy("Reference")]),
    tests(
      "TrainingTests",
      ["Training", "Safetensors", "NeuralNetwork", "Datasets", "SparseInputs", "LinearAlgebra", "TestSupport"],
      exclude: ["Reference/make_reference.py", "Reference/make_gradients.py", "Reference/make_methods.py"],
      resources: [.copy("Reference")]),
    tests(
      "VerificationTests",
      ["Verification", "Training", "NeuralNetwork", "Datasets", "SparseInputs", "LinearAlgebra", "TestSupport"]),
    tests(
      "AssessmentTests", ["Assessment", "Training", "NeuralNetwork", "Datasets", "LinearAlgebra", "Safetensors"],
      exclude: ["Reference/make_assessment.py"],
      resources: [.copy("Reference")]),
    tests(
      "ExperimentsTests", ["Experiments", "Training", "NeuralNetwork", "Datasets", "TestSupport"],
      exclude: ["Reference/make_statistics.py"],
      resources: [.copy("Reference")]),
    tests(
      "CorpusTests",
      [
        "CZlib", "Files", "Images", "Datasets", "NeuralNetwork", "Assessment", "Safetensors", "SparseInputs",
        "Training", "Experiments", "NettrainCommands", "TestSupport", argumentParser, systemPackage,
      ]),
    tests(
      "NettrainCommandsTests",
      [
        "NettrainCommands", "Experiments", "Training", "NeuralNetwork", "Datasets", "Files", "TestSupport",
        argumentParser,
      ]),
    tests(
      "nettrainTests", ["Images", "Safetensors", "Training", "TestSupport"],
      exclude: ["AllocationCounter", "Samples"]),
  ]
)

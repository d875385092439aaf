// swift-tools-version: 6.3
import PackageDescription

/// What every Swift target is built with. The test script sets NETTRAIN_STRICT, and a warning is then an
/// error; a user whose newer compiler knows new warnings still gets a program.
let settings: [SwiftSetting] =
  [.strictMemorySafety()]
  + (Context.environment["NETTRAIN_STRICT"] == "1" ? [.treatAllWarnings(as: .error)] : [])

let package = Package(
  name: "nettrain",
  products: [
    .executable(name: "nettrain", targets: ["nettrain"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
  ],
  targets: [
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

    .target(name: "CKernels"),
    .target(
      name: "LinearAlgebra",
      dependencies: ["COpenBLAS", "CKernels"],
      swiftSettings: settings,
      linkerSettings: [.linkedLibrary("m")]),
    .target(
      name: "Datasets",
      dependencies: [
        "CZlib",
        "LinearAlgebra",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: settings),
    .target(name: "NeuralNetwork", dependencies: ["LinearAlgebra"], swiftSettings: settings),
    .target(
      name: "Safetensors",
      dependencies: [.product(name: "SystemPackage", package: "swift-system")],
      swiftSettings: settings),
    .target(name: "Training", dependencies: ["NeuralNetwork", "Datasets", "Safetensors"], swiftSettings: settings),
    .target(name: "Verification", dependencies: ["Training"], swiftSettings: settings),
    .executableTarget(
      name: "nettrain",
      dependencies: [
        "Training",
        "Verification",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: settings),

    .testTarget(
      name: "LinearAlgebraTests", dependencies: ["LinearAlgebra"], swiftSettings: settings),
    .testTarget(name: "DatasetsTests", dependencies: ["Datasets"], swiftSettings: settings),
    .testTarget(name: "NeuralNetworkTests", dependencies: ["NeuralNetwork"], swiftSettings: settings),
    .testTarget(
      name: "TrainingTests",
      dependencies: ["Training", "Safetensors"],
      exclude: ["Reference/make_reference.py", "Reference/make_gradients.py"],
      resources: [.copy("Reference")],
      swiftSettings: settings),
    .testTarget(
      name: "SafetensorsTests",
      dependencies: ["Safetensors", .product(name: "SystemPackage", package: "swift-system")],
      exclude: ["Reference/make_samples.py", "Reference/make_cases.py", "Reference/compare_verdicts.py"],
      resources: [.copy("Reference")],
      swiftSettings: settings),
    .testTarget(name: "VerificationTests", dependencies: ["Verification"], swiftSettings: settings),
    .testTarget(
      name: "nettrainTests",
      dependencies: [
        "Safetensors",
        "Training",
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      exclude: ["AllocationCounter"],
      swiftSettings: settings),
  ]
)
